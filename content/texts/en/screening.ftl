### Asked at joining. Every question is worded so that "yes" needs a clinician; so does "not sure".

screening-yes = Yes
screening-no = No
screening-not-sure = Not sure

screening-under-18 = Are you under 18 years old?
screening-allergy = Have you ever had an allergic reaction to naltrexone, or to anything in the tablet?
screening-pregnancy = Are you pregnant, could you be, or do you plan to be in the next three months?
screening-breastfeeding = Are you breastfeeding?
screening-liver = Have you ever had hepatitis, liver failure or another liver problem?
screening-kidney = Do you have kidney problems?
screening-opioids-recent = Have you used any opioid in the last 10 days? For example heroin, fentanyl, methadone, buprenorphine, tramadol or codeine.
screening-opioid-medicines = Do you use a medicine that may contain an opioid, or have you in the last 2 weeks? For example strong painkillers, some cough or diarrhoea medicines, methadone or buprenorphine.

## For clinicians

screened-under-18 = under 18
screened-allergy = allergy to naltrexone or an excipient
screened-pregnancy = pregnant, possibly pregnant or planning
screened-breastfeeding = breastfeeding
screened-liver = liver disease
screened-kidney = kidney disease
screened-opioids-recent = opioid in the last 10 days
screened-opioid-medicines = opioid-containing medicine within 2 weeks

screened-answer-yes = yes
screened-answer-no = no
screened-answer-not-sure = not sure
screened-answer-none = not answered
